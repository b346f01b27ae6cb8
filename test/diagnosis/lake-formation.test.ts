import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const refused = 'Insufficient Lake Formation permission(s)'
const open = ["'<Permission>'", "'<Resource>'"] as const

const rows: readonly (readonly [text: string, permission: string, resource: string])[] = [
  [`${refused}: Required Select on sales`, 'SELECT', `'{"Table":{"DatabaseName":"<DatabaseName>","Name":"sales"}}'`],
  // A database or a table.
  [`${refused}: Required Describe on sales`, 'DESCRIBE', open[1]],
  [`\`${refused}: Required Describe on sales\``, 'DESCRIBE', open[1]],
  [
    `An error occurred (AccessDeniedException) when calling the GetDatabase operation: ${refused}: Required Describe on shop`,
    'DESCRIBE',
    `'{"Database":{"Name":"shop"}}'`,
  ],
  [`${refused}: Required Create Table on shop`, 'CREATE_TABLE', `'{"Database":{"Name":"shop"}}'`],
  [`${refused}: Required Create Database on Catalog`, 'CREATE_DATABASE', `'{"Catalog":{}}'`],
  [
    `${refused}: Required Data Location Access on s3://shop-data/raw`,
    'DATA_LOCATION_ACCESS',
    `'{"DataLocation":{"ResourceArn":"arn:aws:s3:::shop-data/raw"}}'`,
  ],
  [`${refused}: Required Describe`, 'DESCRIBE', open[1]],
  [`${refused} on sales (Service: Glue, Status Code: 400)`, ...open],
  [
    `${refused} on (Database name: shop,\n\nTable Name: sales)`,
    open[0],
    `'{"Table":{"DatabaseName":"shop","Name":"sales"}}'`,
  ],
  [`Insufficient permissions to execute the query. ${refused} on sales`, ...open],
]

t.test('what Lake Formation lacks, as far as the sentence tells', async (t) => {
  for (const [text, permission, resource] of rows) {
    const [diagnosis] = await diagnosesOf(text)
    const [cause] = diagnosis?.causes ?? []
    t.equal(cause?.code, 'lake-formation', text)
    t.match(cause?.remedies[0]?.command, `--permissions ${permission} --resource ${resource}`, text)
  }
})

t.test('a query that was refused without a word of Lake Formation', async (t) => {
  const [diagnosis] = await diagnosesOf('Insufficient permissions to execute the query.')
  t.not(diagnosis?.causes[0]?.code, 'lake-formation')
})
