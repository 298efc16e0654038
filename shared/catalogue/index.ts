export { explainerOf, isInForce, isSample, itemId, itemsInForce, kindWord, promiseWords } from './item.ts'
export { Item, type ItemGround, type ItemMaterial } from './item.ts'
export { itemAggregate } from './item-aggregate.ts'
export { catalogueSentences, publishItem, retireItem } from './publish-item.ts'
