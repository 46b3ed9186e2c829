import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import styles from './logs.module.css';

export interface AreaHeadProps {
  readonly title: string;
  /** Beside the title: chips. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
}

/** Where one is within the area, and the way back to all of it. */
export function AreaHead({ title, beside, actions }: AreaHeadProps) {
  const t = useTexts('logs');
  return (
    <header className={styles['head']}>
      <Link to="/logs" className={styles['back'] ?? ''} aria-label={t('back')} title={t('back')}>
        <IconArrowLeft size={16} aria-hidden />
      </Link>
      <h1 className={styles['title']}>{title}</h1>
      {beside}
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </header>
  );
}
