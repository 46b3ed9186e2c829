import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../texts/use-texts.ts';
import { BuiltInPartner } from './built-in-partner.tsx';
import styles from './start-page.module.css';

const WAYS = ['register', 'invite', 'adopt'] as const;

/** One screen, two ways: the built-in partner, or a partner of one's own. */
export function StartPage() {
  const t = useTexts('start');
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('title')}</h1>
      <p className={styles['lead']}>{t('lead')}</p>
      <div className={styles['ways']}>
        <section className={styles['way']} aria-labelledby="built-in">
          <h2 id="built-in">{t('builtInTitle')}</h2>
          <p>{t('builtInText')}</p>
          <BuiltInPartner />
        </section>
        <section className={styles['way']} aria-labelledby="connect">
          <h2 id="connect">{t('connectTitle')}</h2>
          <p>{t('connectText')}</p>
          <ul className={styles['choices']}>
            {WAYS.map(way => (
              <li key={way}>
                <Link to="/partners/connect" search={{ way }} className={styles['choice'] ?? ''}>
                  <span>
                    <strong>{t(`${way}Title`)}</strong>
                    <span className={styles['hint']}>{t(`${way}Text`)}</span>
                  </span>
                  <IconChevronRight size={16} aria-hidden="true" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
