import { describe, expect, it } from 'vitest';
import { changed, check, without } from './checking.ts';

describe('2.3.0 and its documents', () => {
  it('roles that no longer exist are kept with a warning (T30b)', () => {
    for (const role of ['HUB', 'PTP']) {
      expect(changed('2.3.0', 'ClientInfo', { role })).toMatchObject({
        view: { role },
        findings: ['warning enum.unknown /role'],
      });
    }
  });

  it('invoiced CDRs may be ids or objects with an id (T34)', () => {
    expect(changed('2.3.0', 'InvoiceReconciliationRecord', { cdrs: ['1', { id: '2' }] })).toMatchObject({
      view: { cdrs: ['1', '2'] },
      findings: [],
    });
  });

  it('a terminal may stand in Köln, and have an invoice URL that is none (T32)', () => {
    expect(changed('2.3.0', 'Terminal', { city: 'Köln', invoice_base_url: 'someNewURL' })).toMatchObject({
      view: { city: 'Köln' },
      findings: ['warning url.unusable /invoice_base_url'],
    });
    expect(changed('2.3.0', 'Terminal', { reference: 'Köln' }).findings).toEqual(['note text.not-ascii /reference']);
  });

  it('a failed capture has nothing to print (T32)', () => {
    const { view, findings } = without('2.3.0', 'FinancialAdviceConfirmation', 'eft_data');
    expect(findings).toEqual(['warning confirmation.eft-data-missing /eft_data']);
    expect(view).toBeDefined();
  });

  it('bookings are never rejected: wrong and missing fields are warnings, and absent from the view (T33)', () => {
    const { view, findings } = changed('2.3.0', 'Booking', {
      party_id: 'INF12',
      period: { start_date_time: 'soon', end_date_time: '2026-05-02T09:00:00Z' },
      booking_requests: [{ request_status: 'PENDING' }, 'x'],
      booking_terms: 7,
    });
    expect(findings).toEqual([
      'warning text.too-long /party_id',
      'warning date-time.unusable /period/start_date_time',
      'warning type.mismatch /booking_terms',
      'warning field.missing /booking_requests/0/booking_request',
      'warning field.missing /booking_requests/0/request_received',
      'warning type.mismatch /booking_requests/1',
    ]);
    expect(view).toMatchObject({
      party_id: 'INF12',
      period: { end_date_time: '2026-05-02T09:00:00Z' },
      booking_requests: [{ request_status: 'PENDING' }],
    });
    expect(view).not.toHaveProperty('booking_terms');
    expect(check('2.3.0', 'Booking', []).view).toBeUndefined();
  });

  it('a single value for a list of bookings is read as a list of one (T28)', () => {
    expect(check('2.3.0', 'BookingOption', { evse_position: 'LEFT' })).toEqual({
      view: { evse_position: ['LEFT'] },
      findings: ['warning list.single /evse_position'],
    });
  });
});
