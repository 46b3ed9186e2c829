import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { asObject, listAt, member, numberAt, textAt, textsAt } from '../reading/json.ts';
import { displayText } from '../reading/tariffs.ts';
import styles from './detail.module.css';

/** What else a location says of itself. Images are never loaded: their addresses are shown. */
export function Facts({ location }: { readonly location: unknown }) {
  const t = useTexts('locations');
  const language = useLanguage();
  const images = [
    ...listAt(location, 'images'),
    ...listAt(location, 'evses').flatMap(evse => listAt(evse, 'images')),
  ].flatMap(image => {
    const url = textAt(image, 'url');
    return url === undefined ? [] : [{ url, category: textAt(image, 'category') }];
  });
  const mix = member(location, 'energy_mix');
  const sources = listAt(mix, 'energy_sources').flatMap(source => {
    const name = textAt(source, 'source');
    return name === undefined ? [] : [`${name} ${numberAt(source, 'percentage') ?? '?'} %`];
  });
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('parkingType'), textAt(location, 'parking_type') ?? textAt(location, 'type')],
    [t('facilities'), textsAt(location, 'facilities').join(', ') || undefined],
    ...(['operator', 'suboperator', 'owner'] as const).map(
      who =>
        [
          t(who),
          [textAt(location, who, 'name'), textAt(location, who, 'website')].filter(Boolean).join(' · ') || undefined,
        ] as const,
    ),
    [t('directions'), displayText(listAt(location, 'directions'), language)],
    [t('helpPhone'), textAt(location, 'help_phone')],
    [
      t('energyMix'),
      asObject(mix) === undefined
        ? undefined
        : [
            textAt(mix, 'is_green_energy') === 'true' ? t('green') : t('notGreen'),
            ...sources,
            textAt(mix, 'supplier_name'),
            textAt(mix, 'energy_product_name'),
          ]
            .filter(Boolean)
            .join(' · '),
    ],
    [t('chargingWhenClosed'), textAt(location, 'charging_when_closed')],
  ];
  const known = rows.filter(([, value]) => value !== undefined);
  if (known.length === 0 && images.length === 0) return null;
  return (
    <Panel title={t('facts')}>
      <dl className={styles['list']}>
        {known.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {images.length > 0 && (
          <div>
            <dt>{t('images')}</dt>
            <dd>
              <ul className={styles['images']}>
                {images.map(({ url, category }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the same image may stand there twice.
                  <li key={`${url} ${at}`}>
                    <Mono wrap>{url}</Mono> <span className={styles['dim']}>{category}</span>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}
