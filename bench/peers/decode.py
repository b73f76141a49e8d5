#!/usr/bin/env python3
# Copyright: as the rest of Tubelet, Apache License 2.0.
"""Times how other programs read the windows that 'tubelet bench data' has read, beside its times.

Each program gets one thread and opens the file anew for every window, and each is asked whether
it gives the right frames. It is timed to the frames, and end to end: to a batch of clips, cropped
and resized. See README.md in this folder.
"""

import argparse
import base64
import json
import os
import resource
import statistics
import sys
import time

import numpy as np

import readers
from results import Refusal, read

try:
    import cutting
except ImportError:  # no OpenCV: nothing is timed end to end
    cutting = None

FORM = "tubelet-peers-2"
SAME = 0.5  # levels that a frame may differ more from the right one of ours than from the nearest


def arguments():
    parser = argparse.ArgumentParser(
        description="Time other programs on the windows that 'tubelet bench data' has read."
    )
    parser.add_argument("--ours", metavar="FILE", required=True, help="its data.json; windows.json lies beside it")
    parser.add_argument("--only", metavar="NAME", help="programs whose name begins so")
    parser.add_argument("--warm-up", type=int, default=4, help="windows that do not count (default: 4)")
    parser.add_argument("--repeat", type=int, default=3, help="times that all windows are read (default: 3)")
    parser.add_argument(
        "--out",
        metavar="FILE",
        help="where results are kept; what is there is not measured again (default: peers.json beside data.json)",
    )
    args = parser.parse_args()
    args.out = args.out or os.path.join(os.path.dirname(args.ours), "peers.json")
    return args


def compare(reader, group):
    """Which frames a program gives for those asked for, in words."""
    wrong = []
    for sample in group["samples"]:
        window = group["windows"][sample["window"]]
        shape = (sample["count"], sample["rows"], sample["columns"], 3)
        ours = np.frombuffer(base64.b64decode(sample["rgb"]), np.uint8).reshape(shape).astype(float)
        theirs = reader(group["files"][window["file"]], window["frames"])
        for number, frame in zip(window["frames"], pick(theirs, shape)):
            differences = np.abs(ours - frame).mean(axis=(1, 2, 3))
            nearest = int(differences.argmin())
            if differences[number - sample["first"]] > differences[nearest] + SAME:
                wrong.append(f"{sample['first'] + nearest} for {number}")
    return "right" if not wrong else f"{len(wrong)} wrong: frame {wrong[0]}"


def pick(frames, shape):
    """The pixels of which we have ours."""
    _, height, width, _ = frames.shape
    rows = np.arange(shape[1]) * height // shape[1]
    columns = np.arange(shape[2]) * width // shape[2]
    return frames[:, rows][:, :, columns].astype(float)


def processor_seconds():
    """Of this process and the programs that it has run."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def measure(reader, take, group, args):
    """Clips a second and processor milliseconds a clip, of each time that all windows are read."""
    windows = [(group["files"][w["file"]], w["frames"]) for w in group["windows"]]
    for file, frames in windows[: args.warm_up]:
        take(reader(file, frames))
    speeds, processor = [], []
    for _ in range(args.repeat):
        begin, used = time.perf_counter(), processor_seconds()
        for file, frames in windows:
            take(reader(file, frames))
        speeds.append(len(windows) / (time.perf_counter() - begin))
        processor.append(1e3 * (processor_seconds() - used) / len(windows))
    return {"clips-per-second": spread(speeds), "processor-ms-per-clip": spread(processor)}


def spread(values):
    return {"median": statistics.median(values), "least": min(values), "most": max(values), "all": values}


def ours_of(results, name, work):
    """Our case of one worker on a set of films; none of loading where that was not measured."""
    for case in results["cases"]:
        if (case["files"], case["work"], case["workers"], case["repeated-sampling"]) == (name, work, 1, 1):
            return case
    if work == "load":
        return None
    raise Refusal(f"--ours has no case of {name} with --work decode --workers 1 --repeated-sampling 1")


def report(ours, groups, peers):
    row = "{:<28} {:>9} {:>16} {:>9} {:>8} {:>10}  {}".format
    for name in groups:
        for work, words in (("decode", "to RGB frames"), ("load", "to a batch")):
            case = ours_of(ours, name, work)
            if case is None:
                continue
            print(f"\n{name}: windows of {ours['frames']} frames at stride {ours['stride']}, {words}")
            print(row("", "clips/s", "least to most", "ms/clip", "slower", "processor", "frames"))
            entries = {f"Tubelet {ours['tubelet']}": ("", case)}
            for program, entry in peers.get(name, {}).items():
                if work in entry:
                    entries[program] = (entry["frames"], entry[work])
            for program, (frames, times) in sorted(
                entries.items(), key=lambda e: -e[1][1]["clips-per-second"]["median"]
            ):
                speed, used = times["clips-per-second"], times["processor-ms-per-clip"]
                print(
                    row(
                        program,
                        f"{speed['median']:.3g}",
                        f"{speed['least']:.3g} to {speed['most']:.3g}",
                        f"{used['median']:.3g}",
                        f"{case['clips-per-second']['median'] / speed['median']:.2f}",
                        f"{used['median'] / case['processor-ms-per-clip']['median']:.2f}",
                        frames,
                    )
                )
    print(
        "\nslower: how many times as many clips a second we read. ms/clip: of processor time; processor:"
        "\ntheirs over ours. Every program one thread, each window's file opened anew."
    )


def main():
    args = arguments()
    try:
        ours = read("--ours", args.ours, "tubelet-data-1", "tubelet bench data")
        windows = os.path.join(os.path.dirname(args.ours), "windows.json")
        groups = read("--ours", windows, "tubelet-windows-1", "tubelet bench data")["sets"]
        groups = {group["name"]: group for group in groups}
        kept = {"format": FORM, "sets": {}}
        if os.path.exists(args.out):
            kept = read("--out", args.out, FORM, "decode.py")
        for name in groups:
            ours_of(ours, name, "decode")
        for program, reader in readers.installed().items():
            if args.only and not program.lower().startswith(args.only.lower()):
                continue
            for name, group in groups.items():
                if program in kept["sets"].get(name, {}):
                    continue
                print(f"{program}: {name} ...", flush=True)
                entry = {
                    "frames": compare(reader, group),
                    "decode": measure(reader, lambda frames: None, group, args),
                }
                if cutting is not None:
                    batch = cutting.Batch(ours["batch"], ours["frames"], ours["size"], ours["short-side"])
                    entry["load"] = measure(reader, batch.take, group, args)
                kept["sets"].setdefault(name, {})[program] = entry
                with open(args.out, "w", encoding="utf-8") as stream:
                    json.dump(kept, stream, indent=1)
        report(ours, groups, kept["sets"])
    except Refusal as refusal:
        print(f"decode.py: {refusal}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
