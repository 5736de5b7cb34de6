// @ts-check
const zone = document.querySelector("message-thread")?.getAttribute("zone") ?? undefined;
/** @param {Intl.DateTimeFormatOptions} options */
const form = (options) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
const clock = form({ hour: "2-digit", minute: "2-digit" });
const day = form({ year: "numeric", month: "2-digit", day: "2-digit" });
const short = form({ day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
const long = form({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** @param {string} at On her own clock, which may not be the browser's. */
export const time = (at) => clock.format(new Date(at));

/** @param {string} at As 2026-11-18. */
export const dayOf = (at) => day.format(new Date(at)).split("/").reverse().join("-");

/** @param {string} at As Tuesday 18 November 2026. */
export const dayLine = (at) => long.format(new Date(at)).replace(",", "");

/** @param {string} at As 18 November, 18:02. */
export const whole = (at) => short.format(new Date(at)).replace(" at ", ", ");
