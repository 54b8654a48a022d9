export { writeAtomically } from '../../io/result/write-atomically'
