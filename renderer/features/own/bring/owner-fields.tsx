import { NativeSelect } from '@mantine/core';
import type { VersionName } from '../../../../core/contract/platform.ts';
import { useTexts } from '../../../texts/use-texts.ts';

export interface OwnerFieldsProps {
  readonly parties: readonly string[];
  readonly party: string;
  readonly onParty: (party: string) => void;
  /** Absent where the objects say it themselves. */
  readonly versions?: readonly VersionName[];
  readonly version?: VersionName;
  readonly onVersion?: (version: VersionName) => void;
}

/** Whose objects become, and in which version they are written. */
export function OwnerFields({ parties, party, onParty, versions, version, onVersion }: OwnerFieldsProps) {
  const t = useTexts('own');
  return (
    <>
      {parties.length > 1 && (
        <NativeSelect
          label={t('owner')}
          data={[...parties]}
          value={party}
          onChange={event => onParty(event.currentTarget.value)}
        />
      )}
      {versions !== undefined && version !== undefined && (
        <NativeSelect
          label={t('writtenIn')}
          data={versions.map(value => ({ value, label: `OCPI ${value}` }))}
          value={version}
          onChange={event => {
            const chosen = versions.find(one => one === event.currentTarget.value);
            if (chosen !== undefined) onVersion?.(chosen);
          }}
        />
      )}
    </>
  );
}
