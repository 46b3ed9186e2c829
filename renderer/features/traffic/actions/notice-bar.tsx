import { CloseButton } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from './actions.module.css';
import type { Notice } from './use-actions.tsx';

/** What became of the last action, above the table it was done in. */
export function NoticeBar({ notice, onClose }: { readonly notice: Notice; readonly onClose: () => void }) {
  const common = useTexts('common');
  return (
    <div className={styles['notice']}>
      <div className={styles['said']} role={'said' in notice ? 'status' : undefined}>
        {'said' in notice ? notice.said : <FailureNote failure={notice.failure} />}
      </div>
      <CloseButton aria-label={common('close')} onClick={onClose} />
    </div>
  );
}
