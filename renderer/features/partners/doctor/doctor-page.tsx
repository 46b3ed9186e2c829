import { IconArrowLeft } from '@tabler/icons-react';
import { Link as RouterLink } from '@tanstack/react-router';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from '../link/link-header.module.css';
import { DoctorDesk } from './doctor-desk.tsx';

/** The doctor over our platform and every link. */
export function DoctorPage() {
  const t = useTexts('partners');
  return (
    <>
      <header className={styles['header']}>
        <RouterLink to="/partners" className={styles['back'] ?? ''} aria-label={t('back')} title={t('back')}>
          <IconArrowLeft size={16} aria-hidden="true" />
        </RouterLink>
        <h1 className={styles['name']}>{t('doctors-title')}</h1>
      </header>
      <DoctorDesk />
    </>
  );
}
