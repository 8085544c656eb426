import { AppError } from './app-error.ts';

/** The item at a position that must exist; a miss is our own mistake, never a default. @throws AppError internal */
export function itemAt<T>(list: ArrayLike<T>, position: number): T {
  const item = list[position];
  if (item === undefined) throw new AppError('internal', {}, { about: { position } });
  return item;
}
