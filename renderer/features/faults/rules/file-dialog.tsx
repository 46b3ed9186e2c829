import type { FaultRule } from '../../../../core/contract/fault.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import type { FaultDesk } from '../fault-desk.ts';
import { ExportForm } from './export-form.tsx';
import { ImportForm } from './import-form.tsx';

export type FileWay = 'import' | 'export';

export interface FileFormProps {
  readonly desk: FaultDesk;
  readonly rules: readonly FaultRule[];
  readonly onClose: () => void;
}

/** Rules from a file, or as one. */
export function FileDialog({ way, ...form }: FileFormProps & { readonly way: FileWay | undefined }) {
  const t = useTexts('faults');
  return (
    <Dialog
      opened={way !== undefined}
      title={t(way === 'export' ? 'exportTitle' : 'importTitle')}
      size={680}
      onClose={form.onClose}
    >
      {way === 'import' && <ImportForm {...form} />}
      {way === 'export' && <ExportForm {...form} />}
    </Dialog>
  );
}
