import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Nothing that axe can see, in light and in dark; `serious`: but what it calls minor or moderate. */
export async function expectAccessible(ui: Page, least: 'any' | 'serious' = 'serious'): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await ui.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const builder = new AxeBuilder({ page: ui });
    // Of the two looks of one page only the colours differ.
    const { violations } = await (colorScheme === 'light' ? builder : builder.withRules('color-contrast')).analyze();
    const found = violations.filter(({ impact }) => least === 'any' || impact === 'serious' || impact === 'critical');
    expect(
      found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      `axe, ${colorScheme}`,
    ).toEqual([]);
  }
}
