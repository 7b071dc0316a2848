/** Forms of strings that a key may demand. */

export const macAddress = /^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/
export const httpsAddress = /^https:\/\/./
/** An organisation identifier of Hotspot 2.0: 24 bits, or 36 bits with or without padding. */
export const roamingConsortium = /^[0-9A-Fa-f]{6}$|^[0-9A-Fa-f]{9,10}$/
