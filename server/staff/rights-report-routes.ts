import { type Plugin } from '@hapi/hapi'
import { type Audit } from '../audit/audit.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { forExport } from '../http/fresh-sign-in.ts'
import { noteRightsRead } from './rights-report-read.ts'
import { type MakeRightsReport } from './rights-report.ts'

interface RightsReportRoutesDeps {
  readonly rightsReport: MakeRightsReport
  readonly audit: Audit
}

/** `/api/v1/rights-report`: who may what, with how they came to it. That it was read is in the log. */
export function rightsReportRoutes({ rightsReport, audit }: RightsReportRoutesDeps): Plugin<void> {
  return {
    name: 'rights-report-routes',
    register(server) {
      server.route({
        method: 'GET',
        path: '/api/v1/rights-report',
        options: { ...needs('staff.report'), ...forExport, tags: ['api', 'staff'] },
        handler: async request => {
          const actor = actorOf(request)
          const report = await rightsReport(actor)
          await noteRightsRead(audit, actor, report.people.length)
          return report
        },
      })
    },
  }
}
