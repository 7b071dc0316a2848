import { type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { needs } from '../../server/http/credentials.ts'
import { type ShownWebhook, type Webhooks } from '../../server/webhooks/webhooks.ts'
import { showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { createShortList } from '../tables/short-list.ts'
import { settingsParts } from './settings-parts.ts'
import { webhookColumns } from './webhook-columns.ts'

interface WebhookListDeps {
  readonly webhooks: Pick<Webhooks, 'list'>
  readonly audit: Audit
}

/** Other programs that hear what happens: which there are. */
export function webhookListPages({ webhooks, audit }: WebhookListDeps): ServerRoute[] {
  const [path, options] = ['/settings/webhooks', needs('organisation.write')]
  const listed = createShortList<ShownWebhook>({
    name: 'webhooks',
    path,
    title: 'settings.webhooks',
    audit,
    options,
    columnsFor: webhookColumns,
    rowsFor: ({ actor }) => webhooks.list(actor),
    idOf: ({ id }) => id,
  })
  return [
    {
      method: 'GET',
      path,
      options,
      handler: async (request, h) => {
        const { say } = readerOf(request)
        return showPage(request, h, 'settings/webhooks', {
          title: say('settings.webhooks'),
          parts: settingsParts('webhooks', say),
          list: await listed.view(request),
        })
      },
    },
    ...listed.files,
  ]
}
