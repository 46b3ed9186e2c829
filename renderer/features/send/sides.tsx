import type { ReactNode } from 'react';
import { Sides as Pair } from '../../ui/sides.tsx';

export interface SidesProps {
  readonly form: ReactNode;
  /** What will go out, how it goes, what came back. */
  readonly outcome: ReactNode;
  readonly label: string;
}

/** What one writes, and beside it what comes of it: each form of this area keeps the same width. */
export function Sides({ form, outcome, label }: SidesProps) {
  return (
    <Pair
      storageKey="send"
      initial={Math.max(430, Math.round(window.innerWidth * 0.36))}
      left={form}
      right={outcome}
      label={label}
    />
  );
}
