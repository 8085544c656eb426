import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** Prometheus figures of one server; labels are routes, never paths with ids. */
export class HttpMetrics {
  readonly registry = new Registry();
  readonly #requests: Counter;
  readonly #seconds: Histogram;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    const labelNames = ['method', 'route', 'status'];
    this.#requests = new Counter({
      name: 'shigang_http_requests_total',
      help: 'Requests answered',
      labelNames,
      registers: [this.registry],
    });
    this.#seconds = new Histogram({
      name: 'shigang_http_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [this.registry],
    });
  }

  observe(request: { method: string; route: string; status: number; seconds: number }): void {
    this.#requests.inc({ method: request.method, route: request.route, status: String(request.status) });
    this.#seconds.observe({ method: request.method, route: request.route }, request.seconds);
  }
}
