import { orElse, quote, type Values } from '../values.ts'
import type { Words } from '../words.ts'

const nexts: Readonly<Record<string, (v: Values) => string>> = {}
export const next: Words['next'] = (code, values) => nexts[code]?.(values) ?? 'The same job usually needs this as well.'

const hints: Readonly<Record<string, (v: Values) => string>> = {}
export const hint: Words['hint'] = (code, values) => hints[code]?.(values) ?? code

const notes: Readonly<Record<string, (v: Values) => string>> = {
  'diagnoses-cut': (v) =>
    `The text holds ${orElse(v, 'found', 'many')} denials; the first ${orElse(v, 'kept', '')} are answered.`,
  'policies-hidden': () => 'Policy documents, diffs and near misses are not shown with this key.',
  'principals-not-fetched': (v) =>
    `${orElse(v, 'count', 'Some')} further principals were answered from the text alone; policies are read for ${orElse(v, 'limit', 'a limited number')} a request.`,
}
export const note: Words['note'] = (code, values) => notes[code]?.(values) ?? code

export const managedBy: Words['managedBy'] = {
  'identity-center': (name) =>
    `It belongs to the permission set${name === null ? '' : ` ${quote(name)}`} of IAM Identity Center: change the permission set, the role is overwritten.`,
  'service-linked': (name) =>
    `It is a service-linked role${name === null ? '' : ` of ${quote(name)}`}: only its service can change it.`,
  'aws-reserved': (name) =>
    `It is reserved by AWS${name === null ? '' : ` (${quote(name)})`} and cannot be changed here.`,
  cloudformation: (name) =>
    `The CloudFormation stack${name === null ? '' : ` ${quote(name)}`} manages it: change the template, or the next deployment undoes it.`,
  'cdk-bootstrap': (name) =>
    `It is a CDK bootstrap role${name === null ? '' : ` (${quote(name)})`}: change the bootstrap template.`,
  terraform: (name) =>
    `Terraform manages it${name === null ? '' : ` (${quote(name)})`}: change the configuration, or the next apply undoes it.`,
  'control-tower': (name) =>
    `AWS Control Tower manages it${name === null ? '' : ` (${quote(name)})`}: change it there.`,
  lab: (name) =>
    `It is the role of a training lab${name === null ? '' : ` (${quote(name)})`}, whose permissions participants cannot change.`,
}

const workloads: Readonly<Record<string, string>> = {
  'ec2-instance': 'an EC2 instance',
}
export const workload: Words['workload'] = (code) => workloads[code] ?? quote(code)

export const placeholder: Words['placeholder'] = (name, meaning) => `${quote(name)}: ${meaning}`
