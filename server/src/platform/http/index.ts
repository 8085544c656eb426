export { endpoint, type ApiRoute, type DtoClass, type HttpExchange, type RouteInput } from './route.ts';
