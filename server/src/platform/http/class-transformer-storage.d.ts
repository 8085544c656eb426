declare module 'class-transformer/cjs/storage.js' {
  /** The store of `@Type` declarations; not part of the package's typed face. */
  export const defaultMetadataStorage: object;
}
