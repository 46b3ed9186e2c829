import { NativeSelect } from '@mantine/core';
import { usePlatform } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';

/** One of our versions, or whichever is the highest both speak (empty). */
export function VersionField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const t = useTexts('partners');
  const versions = usePlatform().data?.versions ?? [];
  return (
    <NativeSelect
      label={t('form-version')}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('form-versionAuto') },
        ...versions.map(version => ({ value: version, label: version })),
      ]}
    />
  );
}
