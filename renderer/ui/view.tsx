import type { ReactNode, Ref } from 'react';
import styles from './view.module.css';

export interface ViewProps {
  /** Heading of what has no room for one, for those who do not see where they are. */
  readonly title?: string;
  readonly frame?: Ref<HTMLDivElement>;
  readonly children: ReactNode;
}

/** All the room an area has: bars above, and below them what takes the rest and scrolls by itself. */
export function View({ title, frame, children }: ViewProps) {
  return (
    <div className={styles['view']} ref={frame}>
      {title !== undefined && <h1 className={styles['title']}>{title}</h1>}
      {children}
    </div>
  );
}
