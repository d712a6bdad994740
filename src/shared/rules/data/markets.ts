import type { Sourced } from './sourced.ts';

/**
 * The countries (ISO 3166-1) of each group that Meta prices together. A country with its own line
 * in a rate card is priced by that line; each new card gives more countries one.
 */
export const marketGroups: Sourced<Readonly<Record<string, string>>> = {
  source:
    'Meta, Pricing on the WhatsApp Business Platform, "Country calling codes"; by way of third parties that list them',
  seen: '2026-11-28',
  value: {
    'north america': 'CA US',
    'rest of africa':
      'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZM ZW',
    'rest of asia pacific':
      'AF AU BD BN BT CN FJ HK JP KG KH KI KZ LA LK MM MN MO MV NP NZ PG PH SB SG TH TJ TL TM TO TW UZ VN VU WS',
    'rest of central & eastern europe':
      'AL AM AZ BA BG BY CY CZ EE GE GR HR HU LT LV MD ME MK PL RO RS SI SK UA XK',
    'rest of latin america':
      'AG AI AW BB BM BO BS BZ CR CU DM DO EC GD GT GY HN HT JM KN KY LC MS NI PA PR PY SR SV TC TT UY VC VE VG',
    'rest of middle east': 'BH IQ JO KW LB OM PS QA SY YE',
    'rest of western europe': 'AT BE CH DK FI IE IS LI LU MC MT NO PT SE SM',
  },
};

/** Country names in rate cards that differ from `Intl.DisplayNames` in English. */
export const marketNames: Readonly<Record<string, string>> = {
  turkey: 'TR',
  'hong kong': 'HK',
  russia: 'RU',
  'czech republic': 'CZ',
  'ivory coast': 'CI',
  vietnam: 'VN',
  'south korea': 'KR',
  uae: 'AE',
  uk: 'GB',
  usa: 'US',
};
