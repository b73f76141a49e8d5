# Copyright: as the rest of Tubelet, Apache License 2.0.
"""What a training program does with decoded frames: crops and resizes them into a batch.

The boxes are drawn as VideoMAE draws them and resized with OpenCV's bilinear, the quickest there
is: VideoMAE itself uses Pillow, frame by frame, which takes several times as long.
"""

import random

import cv2
import numpy as np

SCALES = (1, 0.875, 0.75, 0.66)  # of the shorter side, VideoMAE's GroupMultiScaleCrop


class Batch:
    """Takes clip after clip, round and round."""

    def __init__(self, clips, frames, side, short_side):
        cv2.setNumThreads(1)
        self.pixels = np.zeros((clips, frames, side, side, 3), np.uint8)
        self.side = side
        self.short_side = short_side
        self.clip = 0
        self.draw = random.Random(0)

    def take(self, frames):
        """Puts a clip, uint8 [T, H, W, 3], into its place."""
        if 0 < self.short_side < min(frames.shape[1:3]):
            frames = [self._shrink(frame) for frame in frames]
        height, width = frames[0].shape[:2]
        top, left, tall, wide = self._box(height, width)
        target = self.pixels[self.clip]
        self.clip = (self.clip + 1) % len(self.pixels)
        for t, frame in enumerate(frames):
            box = frame[top : top + tall, left : left + wide]
            cv2.resize(box, (self.side, self.side), dst=target[t], interpolation=cv2.INTER_LINEAR)

    def _shrink(self, frame):
        height, width = frame.shape[:2]
        scale = self.short_side / min(height, width)
        return cv2.resize(frame, (round(width * scale), round(height * scale)))

    def _box(self, height, width):
        which = self.draw.randrange(len(SCALES))
        near = [i for i in range(len(SCALES)) if abs(i - which) <= 1]
        short = min(height, width)
        tall, wide = int(short * SCALES[which]), int(short * SCALES[self.draw.choice(near)])
        return self.draw.randint(0, height - tall), self.draw.randint(0, width - wide), tall, wide
