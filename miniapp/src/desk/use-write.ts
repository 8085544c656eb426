import { decideText } from '@shigang/shared';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { DeskError } from '../api/desk-client.ts';

/** A write of the desk: its state, and what went wrong as one sentence (empty: nothing). */
export interface DeskWrite<Input> {
  run: (input: Input) => void;
  isBusy: boolean;
  trouble: string;
  /** Forgets what went wrong. */
  reset: () => void;
}

interface WriteOptions<Input, Output> {
  act: (input: Input) => Promise<Output>;
  onDone: (output: Output, input: Input) => void;
  /** Said when the server sent no sentence of its own. */
  failed?: string;
}

/**
 * Runs once at a time (a second click finds it busy). Afterwards, also when it was refused, everything shown of the
 * cycle is read anew: somebody else may have been faster.
 */
export function useWrite<Input, Output>({
  act,
  onDone,
  failed,
}: WriteOptions<Input, Output>): DeskWrite<Input> {
  const client = useQueryClient();
  // Two clicks come before anything is drawn anew: what is drawn cannot tell them apart.
  const isUnderWay = useRef(false);
  const write = useMutation({
    mutationFn: act,
    onSuccess: onDone,
    onSettled: (_output, error) => {
      isUnderWay.current = false;
      if (error instanceof DeskError && error.status === 0) return undefined;
      return client.invalidateQueries();
    },
  });
  return {
    run: (input) => {
      if (isUnderWay.current) return;
      isUnderWay.current = true;
      write.mutate(input);
    },
    isBusy: write.isPending,
    trouble: write.error ? sentenceOf(write.error, failed ?? decideText['decide.failed']) : '',
    reset: write.reset,
  };
}

function sentenceOf(error: Error, failed: string): string {
  if (!(error instanceof DeskError)) return failed;
  if (error.status === 0) return decideText['decide.offline'];
  return error.problem?.sentence ?? failed;
}
