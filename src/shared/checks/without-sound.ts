/**
 * Meta's codes of a call that ended because no sound of ours reached WhatsApp: no connection in time (138007), nothing
 * heard from us (138021), no sign of media (138023). 138019, 138020 and 138022 are the customer's side
 * (docs/providers/meta.md#errors).
 */
export const withoutSound: readonly string[] = ['138007', '138021', '138023'];
