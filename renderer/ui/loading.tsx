import styles from './loading.module.css';

/** In the middle of the room that what is being loaded will take. */
export function Loading({ text }: { readonly text: string }) {
  return (
    <div className={styles['loading']} aria-busy>
      {text}
    </div>
  );
}
