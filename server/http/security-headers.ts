import { type Server } from '@hapi/hapi'

/** No script, style or frame but our own files; nothing inline. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Puts the content security policy and the no-cache rule of personal data on every answer of the staff door. */
export function protectAnswers(server: Server): void {
  server.ext('onPreResponse', (request, h) => {
    const { response } = request
    const headers = response instanceof Error ? response.output.headers : response.headers
    headers['content-security-policy'] = contentSecurityPolicy
    headers['permissions-policy'] = 'camera=(self), geolocation=(), microphone=()'
    if (!request.path.startsWith('/assets/')) headers['cache-control'] ??= 'no-store'
    return h.continue
  })
}
