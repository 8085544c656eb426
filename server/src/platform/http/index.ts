export { IsNullable } from './answer-fields.ts';
export { file, stream, type FileContent, type Pieces, type StreamContent } from './content.ts';
export {
  endpoint,
  type ApiRoute,
  type Audience,
  type DtoClass,
  type HttpExchange,
  type RouteInput,
} from './route.ts';
export type { ReceivedFile, UploadRule } from './upload.ts';
