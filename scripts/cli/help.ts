import { lists, listNames } from './lists.ts'

export const help = `Örnkoll from the command line.

  npm run --silent cli -- devices --q 0042          lists iPads
  npm run --silent cli -- show device A-0042        shows one, by tag, serial number or id
  npm run --silent cli -- report A-0042 --kind theft --description "Taken from a car."
  npm run --silent cli -- lock CASE-ID              locks the iPad of a case again
  npm run --silent cli -- return LOAN-ID --condition B --accessories charger,case
  npm run --silent cli -- export devices > ipads.csv

Lists: ${listNames.join(', ')}. Each can be narrowed:
${listNames.map(name => `  ${name.padEnd(10)} ${lists[name].filters.map(filter => `--${filter}`).join(' ')}`).join('\n')}
  --limit N takes the first N (50 when not given); export takes all. Its headings are the field names of the API.

Everything else that the API can do, by its own description:
  npm run --silent cli -- operations jobs           what there is about a word
  npm run --silent cli -- get rollouts/ID/devices --query state=failed
  npm run --silent cli -- post devices/bulk-actions --query dryRun=true --data @deed.json
  npm run --silent cli -- put organisations/current/logo --file logo.png
  npm run --silent cli -- get liability-forms/ID/receipt.pdf --out receipt.pdf
get, post, put, patch and delete take a path below /api/v1/ with its ids filled in.
  --query NAME=VALUE  as often as needed     --data JSON|@FILE  what is sent
  --file FILE         sent as it is          --out FILE         where a file goes that is answered

report  --kind theft|loss|damage|fault  --description TEXT  [--police NUMBER]
return  --condition A|B|C|D  [--accessories a,b]  [--note TEXT]

Everywhere:
  --url ADDRESS    the server; else ORNKOLL_URL, else http://127.0.0.1:8080
  --token TOKEN    a token of Settings or of "npm run token"; better in ORNKOLL_TOKEN, where others do not see it
  --json           the answer of the API instead of a table

Ends with 0 when done, 1 when the server refused, 2 when it was asked wrongly, 3 when no server was reached,
4 when the token is missing, has expired or may not do it.`
