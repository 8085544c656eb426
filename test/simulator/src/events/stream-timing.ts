/** Times of the Stream in ms of real time; tests shorten them. */
export interface StreamTiming {
  /** An event that is not acknowledged within this long has failed. */
  acknowledgeMs: number;
  /** Pauses before an event that failed is pushed again; afterwards it stands in the failed list. */
  retryMs: number[];
  /** It can be read there this much later. */
  failedListMs: number;
  /** Life of a ticket, which is good once. */
  ticketMs: number;
  pingMs: number;
  /** Between the announcement that a connection ends and its end. */
  disconnectMs: number;
}

/** Number and pauses are those of the HTTP push: no page tells the Stream's. */
export const STREAM_TIMING: StreamTiming = {
  acknowledgeMs: 3_000,
  retryMs: [10_000, 30_000],
  failedListMs: 180_000,
  ticketMs: 90_000,
  pingMs: 30_000,
  disconnectMs: 10_000,
};
