# Copyright: as the rest of Tubelet, Apache License 2.0.
"""How other programs read given frames of a video: each one thread, RGB, the file opened anew.

A reader is a function (file, frames) -> uint8 array [T, H, W, 3]; `frames` never decrease.
Whatever is not installed is left out.
"""

import functools
import json
import shutil
import subprocess

import numpy as np


def installed():
    """{name with version: reader} of everything that is there."""
    readers = {}
    for find in (ffmpeg, opencv, pyav, decord, torchcodec):
        try:
            readers.update(find())
        except (ImportError, OSError, RuntimeError) as missing:
            print(f"left out: {find.__name__} ({str(missing).splitlines()[0][:100]})")
    return readers


@functools.lru_cache(maxsize=None)
def stream(file):
    """Width, height, frames per second; the same for all windows, so not part of their time."""
    probe = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "json", "-show_streams", file]
    found = json.loads(subprocess.run(probe, capture_output=True, check=True).stdout)["streams"][0]
    above, below = map(int, found["avg_frame_rate"].split("/"))
    return found["width"], found["height"], above / below


def ffmpeg():
    if not shutil.which("ffmpeg"):
        raise ImportError("no ffmpeg on the path")
    about = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True).stdout

    def read(file, frames):
        width, height, fps = stream(file)
        wanted = sorted(set(frames))
        first = wanted[0]
        seek = ["-ss", f"{(first - 0.5) / fps:.6f}"] if first else []
        choice = "+".join(f"eq(n\\,{number - first})" for number in wanted)
        command = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", *seek, "-i", file]
        command += ["-filter_threads", "1", "-vf", f"select={choice}", "-fps_mode", "passthrough"]
        command += ["-frames:v", str(len(wanted)), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
        pixels = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
        shape = (-1, height, width, 3)
        return spread(np.frombuffer(pixels, np.uint8).reshape(shape), wanted, frames)

    return {f"ffmpeg -ss {about.split()[2].split('-')[0]}": read}


def opencv():
    import cv2

    cv2.setNumThreads(1)
    # Older ones cannot be told how many threads decode.
    one = [[cv2.CAP_PROP_N_THREADS, 1]] if hasattr(cv2, "CAP_PROP_N_THREADS") else []

    def read(file, frames):
        video = cv2.VideoCapture(file, cv2.CAP_FFMPEG, *one)
        place = frames[0]
        video.set(cv2.CAP_PROP_POS_FRAMES, place)
        taken = {}
        for number in sorted(set(frames)):
            while place <= number:
                video.grab()
                place += 1
            taken[number] = cv2.cvtColor(video.retrieve()[1], cv2.COLOR_BGR2RGB)
        video.release()
        return np.stack([taken[number] for number in frames])

    return {f"OpenCV {cv2.__version__}": read}


def pyav():
    import av

    def read(file, frames):
        wanted = set(frames)
        taken = {}
        with av.open(file) as container:
            video = container.streams.video[0]
            video.thread_type = "NONE"
            video.codec_context.thread_count = 1
            tick = 1 / (video.average_rate * video.time_base)  # time stamps from frame to frame
            start = video.start_time or 0
            container.seek(start + int(frames[0] * tick), stream=video)
            for frame in container.decode(video):
                number = round((frame.pts - start) / tick)
                if number in wanted:
                    taken[number] = frame.to_ndarray(format="rgb24")
                if number >= frames[-1]:
                    break
        return np.stack([taken[number] for number in frames])

    return {f"PyAV {av.__version__}": read}


def decord():
    import decord as module

    def read(file, frames):
        reader = module.VideoReader(file, ctx=module.cpu(0), num_threads=1)
        return reader.get_batch(list(frames)).asnumpy()

    return {f"decord {module.__version__}": read}


def torchcodec():
    import torch
    import torchcodec as module
    from torchcodec.decoders import VideoDecoder

    torch.set_num_threads(1)

    def reader(mode):
        def read(file, frames):
            video = VideoDecoder(
                file, dimension_order="NHWC", num_ffmpeg_threads=1, seek_mode=mode
            )
            return video.get_frames_at(list(frames)).data.numpy()

        return read

    version = module.__version__.split("+")[0]
    return {f"torchcodec {version} {mode}": reader(mode) for mode in ("exact", "approximate")}


def spread(pictures, numbers, frames):
    """Pictures of distinct numbers, each wherever its number is wanted."""
    return pictures[[numbers.index(number) for number in frames]]
