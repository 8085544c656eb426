import { readFileSync } from 'node:fs';
import { AppError } from '@shigang/shared';

/** A JSON file as a document. @throws AppError file.unreadable, file.not_json */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('file.unreadable', { path }, { cause });
  }
  try {
    return JSON.parse(text.replace(/^﻿/, '')) as unknown;
  } catch (cause) {
    throw new AppError('file.not_json', { path, problem: (cause as Error).message }, { cause });
  }
}
