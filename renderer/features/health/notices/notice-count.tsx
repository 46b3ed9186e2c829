import type { Notice } from '../../../../core/contract/health.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import styles from '../health.module.css';
import { heaviest, SEVERITY_TONES } from '../links/link-line.ts';

/** How many go on, in the tone of the heaviest, with its word. */
export function NoticeCount({ notices }: { readonly notices: readonly Notice[] }) {
  const t = useTexts('health');
  const open = notices.filter(({ until }) => until === null);
  const severity = heaviest(open);
  if (severity === undefined) return <span className={styles['dim']}>{t('none')}</span>;
  const most = open.filter(notice => notice.severity === severity).length;
  return (
    <span title={open.map(({ sentence }) => sentence).join('\n')}>
      <Chip tone={SEVERITY_TONES[severity]}>{t(`count-${severity}`, { count: most })}</Chip>
      {open.length > most && <span className={styles['dim']}> +{open.length - most}</span>}
    </span>
  );
}
