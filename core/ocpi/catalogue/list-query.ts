/** What every paginated list may be asked with (digest 1.6). */
export const LIST_QUERY = ['date_from', 'date_to', 'offset', 'limit'] as const;
