export { calibrationBins, calibrationError, logLoss, type CalibrationBin } from './calibration'
export { cutAtFdr, estimatedListFdr, type CutList } from './false-discovery'
export { hammingDistance } from './hamming-distance'
export { areaUnderRoc, averagePrecision, topOneShare } from './ranking'
