import styles from './wire-steps.module.css';

export interface WireStepsProps {
  /** What was done on the wire, in words, in order. */
  readonly steps: readonly string[];
  /** Said before them, where nothing else does. */
  readonly label?: string;
}

/** Acts on the wire, one behind the other. */
export function WireSteps({ steps, label }: WireStepsProps) {
  return (
    <div className={styles['wire']}>
      {label !== undefined && <span>{label}</span>}
      <ol lang="en">
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps in their order.
          <li key={at}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
