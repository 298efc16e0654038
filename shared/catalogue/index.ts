export {
  explainerName,
  explainerOf,
  explainerWords,
  isInForce,
  isSample,
  itemId,
  itemsInForce,
  kindWord,
  promiseWords,
} from './item.ts'
export { Item, type ItemGround, type ItemMaterial } from './item.ts'
export { guideAggregate, guideStates, type Guide, type GuideState } from './guide.ts'
export { placeGuide, removeGuide, renewGuide } from './place-guide.ts'
export { itemAggregate } from './item-aggregate.ts'
export { catalogueSentences, publishItem, retireItem } from './publish-item.ts'
export { catalogueRules } from './merge.ts'
export { armoured, dayTextOf, textOf, type Cell, type CellText, type Sheet, type SheetRow } from './import-cells.ts'
export { regulationGrounds, unfitGrounds } from './hall-grounds.ts'
export { demandOf, sheetGaps, type SheetDraft, type SheetGap } from './sheet-gaps.ts'
export { outsideMatters, type OutsideMatter } from './outside.ts'
export { chargeText, promiseText, sheetLines, sheetNames, type SheetLine, type SheetNames } from './sheet-lines.ts'
export { sheetChanges, type SheetChange } from './sheet-changes.ts'
export { catalogueNews, type NewsEntry } from './catalogue-news.ts'
