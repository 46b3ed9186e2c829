import type { VersionName } from '../../../../core/contract/platform.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import type { OwnKind } from '../kinds.ts';
import { CopyForm } from './copy-form.tsx';
import { GenerateForm } from './generate-form.tsx';
import { ImportForm } from './import-form.tsx';

export const WAYS = ['generate', 'import', 'copy'] as const;
export type Way = (typeof WAYS)[number];

export interface BringProps {
  readonly kind: OwnKind;
  readonly parties: readonly string[];
  readonly versions: readonly VersionName[];
  readonly onClose: () => void;
}

export interface BringDialogProps extends BringProps {
  /** Undefined: closed. */
  readonly way: Way | undefined;
  readonly ways: readonly Way[];
  readonly onWay: (way: Way) => void;
}

/** Fills our data: made up, from a file, or from what was pulled. */
export function BringDialog({ way, ways, onWay, ...rest }: BringDialogProps) {
  const t = useTexts('own');
  const title = t('bringTitle', { kind: t(`kind-${rest.kind.id}`) });
  return (
    <Dialog opened={way !== undefined} title={title} size={620} onClose={rest.onClose}>
      {way !== undefined && (
        <Tabs label={title} tabs={ways.map(id => ({ id, label: t(`way-${id}`) }))} value={way} onChange={onWay}>
          {way === 'generate' && <GenerateForm {...rest} />}
          {way === 'import' && <ImportForm {...rest} />}
          {way === 'copy' && <CopyForm {...rest} />}
        </Tabs>
      )}
    </Dialog>
  );
}
