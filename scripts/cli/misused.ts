/** Somebody asked for what there is not. */
export class Misused extends Error {}
