import styles from './table-waiting.module.css';

/** While nobody knows how many rows there are; stands before the table in what has a position. */
export function TableWaiting({ text }: { readonly text: string }) {
  return (
    <p className={styles['waiting']} aria-busy>
      {text}
    </p>
  );
}
