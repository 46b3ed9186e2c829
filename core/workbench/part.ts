import type { Manners } from '../server/manners.ts';
import type { PlayedLife } from './living/living.ts';
import type { ServedData } from './module-serving.ts';

/** Another platform's part: the sandbox serves its world, and may have its own manners. */
export interface Part extends ServedData {
  readonly manners?: Manners;
  readonly life: PlayedLife;
  /** Bytes of an answer's body that are recorded with the exchange; all of them unless said. */
  readonly answerKept?: number;
}
