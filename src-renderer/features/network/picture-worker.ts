import { makePicture, type PictureAnswer, type PictureQuestion } from './picture'

/** Makes pictures beside the window. */
onmessage = ({ data: { number, request } }: MessageEvent<PictureQuestion>) => {
  const answer: PictureAnswer = { number, picture: makePicture(request) }
  postMessage(answer)
}
