import type { OwnWritten } from '../../../../core/contract/own.ts';
import type { VersionName } from '../../../../core/contract/platform.ts';
import { useClient } from '../../../bridge/client.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';
import { type OwnKind, ofKind } from '../kinds.ts';
import styles from './edit.module.css';

export interface Saved {
  readonly kind: OwnKind;
  readonly party: string;
  readonly version: VersionName;
  readonly id: string;
  readonly text: string;
}

/** Beyond these the editor's own list tells. */
const TOLD = 5;

/** Writes an object; one with errors only after it was asked whether that is meant. False: not written. */
export function useSaving() {
  const client = useClient();
  const confirm = useConfirm();
  const t = useTexts('own');
  return async ({ kind, party, version, id, text }: Saved): Promise<boolean> => {
    const input = { ...ofKind(kind), party, version, id, text };
    const written = await client.own.set(input);
    if (written.ok) return true;
    const meant = await confirm({
      title: t('saveWrongTitle', { id }),
      text: <Errors written={written} />,
      action: t('saveWrong'),
      danger: true,
    });
    if (!meant) return false;
    await client.own.set({ ...input, unchecked: true });
    return true;
  };
}

function Errors({ written }: { readonly written: OwnWritten }) {
  const t = useTexts('own');
  const errors = written.findings.filter(({ severity }) => severity === 'error');
  return (
    <>
      <p>{t('saveWrongText')}</p>
      <ul className={styles['errors']}>
        {errors.slice(0, TOLD).map(({ pointer, code, expected }) => (
          <li key={`${pointer} ${code}`}>
            {/* The first step is the place in what was handed in, where there is but one. */}
            <code>{pointer.replace(/^\/0/, '') || '/'}</code> {expected}
          </li>
        ))}
        {errors.length > TOLD && <li>{t('moreErrors', { count: errors.length - TOLD })}</li>}
      </ul>
    </>
  );
}
