export function serverFile(): Promise<string>
