#!/usr/bin/env python3
# Copyright: as the rest of Tubelet, Apache License 2.0.
"""Times a pre-training update of the official programs, beside Tubelet's own.

Nothing of the official programs is part of Tubelet: their model classes are imported from a
checkout that you supply, and are given random pixels. See README.md in this folder.
"""

import argparse
import importlib
import json
import math
import os
import statistics
import sys
import time

from results import Refusal, read

TUBE = 2
PATCH = 16
VIDEOMAE_FACTORIES = {
    "vit-s": "pretrain_videomae_small_patch16_224",
    "vit-b": "pretrain_videomae_base_patch16_224",
    "vit-l": "pretrain_videomae_large_patch16_224",
    "vit-h": "pretrain_videomae_huge_patch16_224",
}
MAE_ST_FACTORIES = {
    "vit-b": "mae_vit_base_patch16",
    "vit-l": "mae_vit_large_patch16",
}


def arguments():
    parser = argparse.ArgumentParser(
        description="Time an update of the official VideoMAE or mae_st on this machine."
    )
    peer = parser.add_mutually_exclusive_group()
    peer.add_argument("--videomae", metavar="DIR", help="a checkout of MCG-NJU/VideoMAE")
    peer.add_argument("--mae-st", metavar="DIR", help="a checkout of facebookresearch/mae_st")
    parser.add_argument("--model", default="vit-b", help="vit-s, vit-b, vit-l or vit-h (default: vit-b)")
    parser.add_argument("--batch", type=int, default=2, help="clips of an update (default: 2)")
    parser.add_argument("--decoder-depth", type=int, default=4, help="(default: 4)")
    parser.add_argument("--mask-ratio", type=float, default=0.9, help="(default: 0.9)")
    parser.add_argument("--frames", type=int, default=16, help="(default: 16)")
    parser.add_argument("--size", type=int, default=224, help="side of the picture (default: 224)")
    parser.add_argument("--dense", action="store_true", help="mae_st with its encoder on all tokens but one")
    parser.add_argument("--threads", type=int, default=0, help="of PyTorch (default: its own choice)")
    parser.add_argument("--warm-up", type=int, default=2, help="updates that do not count (default: 2)")
    parser.add_argument("--repeat", type=int, default=5, help="updates that do (default: 5)")
    parser.add_argument("--ours", metavar="FILE", help="step.json of 'tubelet bench step', for the ratio")
    return parser.parse_args()


def check(args):
    if not args.videomae and not args.mae_st:
        raise Refusal("--videomae DIR or --mae-st DIR is needed: a checkout of the program to time")
    for option, folder in (("--videomae", args.videomae), ("--mae-st", args.mae_st)):
        if folder and not os.path.isdir(folder):
            raise Refusal(f"{option} {folder}: no such folder")
    for option, value, least in (
        ("--batch", args.batch, 1),
        ("--decoder-depth", args.decoder_depth, 1),
        ("--repeat", args.repeat, 1),
        ("--warm-up", args.warm_up, 0),
        ("--threads", args.threads, 0),
    ):
        if value < least:
            raise Refusal(f"{option} must be at least {least}, got {value}")
    if not 0 < args.mask_ratio < 1:
        raise Refusal(f"--mask-ratio must lie between 0 and 1, both excluded, got {args.mask_ratio}")
    if args.size < PATCH or args.size % PATCH:
        raise Refusal(f"--size must be a multiple of {PATCH}, got {args.size}")
    if args.frames < TUBE or args.frames % TUBE:
        raise Refusal(f"--frames must be a multiple of {TUBE}, got {args.frames}")
    if args.videomae:
        known(args.model, VIDEOMAE_FACTORIES, "VideoMAE")
        if (args.frames, args.size) != (16, 224):
            raise Refusal(
                "VideoMAE's encoder is made for 16 frames of 224 pixels,"
                f" got --frames {args.frames} --size {args.size}"
            )
        if args.dense:
            raise Refusal("--dense is for --mae-st: VideoMAE's program cannot encode all tokens")
    else:
        known(args.model, MAE_ST_FACTORIES, "mae_st (with patches of 16)")


def known(model, factories, program):
    if model not in factories:
        raise Refusal(f"--model {model}: {program} has {', '.join(factories)}")


def load(folder, module):
    """Imports a module of a checkout."""
    if not os.path.isfile(os.path.join(folder, module + ".py")):
        raise Refusal(f"{folder} holds no {module}.py: is it a checkout of the official program?")
    sys.path.insert(0, folder)  # stays: its modules import each other
    try:
        return importlib.import_module(module)
    except ImportError as missing:
        raise Refusal(
            f"{module}.py of {folder} cannot be imported ({missing}); install what that program"
            " asks for, in the versions it asks for"
        ) from missing


def factory(module, name):
    if not hasattr(module, name):
        raise Refusal(f"{module.__file__} has no {name}: is it the official program's newest state?")
    return getattr(module, name)


def grid(args):
    """Slots along time, patches of a frame."""
    return args.frames // TUBE, (args.size // PATCH) ** 2


class VideoMae:
    """The model on clips whose tubes are hidden, against pixels normalised colour by colour."""

    family = "videomae"
    clip_norm = None

    def __init__(self, torch, args):
        self.torch = torch
        module = load(args.videomae, "modeling_pretrain")
        make = factory(module, VIDEOMAE_FACTORIES[args.model])
        self.model = make(decoder_depth=args.decoder_depth)
        slots, places = grid(args)
        hidden = int(args.mask_ratio * places)
        if not 0 < hidden < places:
            raise Refusal(f"--mask-ratio {args.mask_ratio} hides {hidden} of {places} places")
        masks = []
        for _ in range(args.batch):
            mask = torch.zeros(places, dtype=torch.bool)
            mask[torch.randperm(places)[:hidden]] = True
            masks.append(mask.repeat(slots))
        self.mask = torch.stack(masks)  # [B, N]

    def loss(self, clips):
        with self.torch.no_grad():
            target = self.target(clips)
        prediction = self.model(clips, self.mask)
        return self.torch.nn.functional.mse_loss(prediction, target)

    def target(self, clips):
        batch, colours, frames, height, width = clips.shape
        cut = clips.reshape(
            batch, colours, frames // TUBE, TUBE, height // PATCH, PATCH, width // PATCH, PATCH
        )
        tokens = cut.permute(0, 2, 4, 6, 3, 5, 7, 1).flatten(1, 3).flatten(2, 4)  # [B, N, t*p*p, 3]
        spread = tokens.std(dim=2, keepdim=True) + 1e-6
        tokens = (tokens - tokens.mean(dim=2, keepdim=True)) / spread
        tokens = tokens.flatten(2)  # [B, N, t*p*p*3]
        return tokens[self.mask].reshape(batch, -1, tokens.shape[2])


class MaeSt:
    """The model, which draws its masks and computes its loss itself."""

    family = "mae-st"
    clip_norm = 0.02

    def __init__(self, torch, args):
        module = load(args.mae_st, "models_mae")
        make = factory(module, MAE_ST_FACTORIES[args.model])
        self.model = make(
            img_size=args.size,
            num_frames=args.frames,
            t_patch_size=TUBE,
            pred_t_dim=args.frames // TUBE,
            decoder_embed_dim=512,
            decoder_depth=args.decoder_depth,
            decoder_num_heads=16,
            norm_pix_loss=True,
            sep_pos_embed=True,
            cls_embed=True,
        )
        # One token stays hidden: the loss is a mean over hidden ones.
        self.ratio = 1.0 / math.prod(grid(args)) if args.dense else args.mask_ratio

    def loss(self, clips):
        return self.model(clips, mask_ratio=self.ratio)[0]


def measure(torch, peer, args):
    """Seconds of each measured update."""
    torch.manual_seed(0)
    clips = torch.randn(args.batch, 3, args.frames, args.size, args.size)
    peer.model.train()
    parameters = [p for p in peer.model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, betas=(0.9, 0.95), weight_decay=0.05)
    seconds = []
    for update in range(args.warm_up + args.repeat):
        start = time.perf_counter()
        optimizer.zero_grad()
        peer.loss(clips).backward()
        if peer.clip_norm is not None:
            torch.nn.utils.clip_grad_norm_(parameters, peer.clip_norm)
        optimizer.step()
        if update >= args.warm_up:
            seconds.append(time.perf_counter() - start)
    return seconds


def peak_gigabytes():
    """The most resident memory of this process so far; none where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes * (1 if sys.platform == "darwin" else 1024) / 1e9


def report(peer, seconds, cases, args):
    """A line for the official program, and one for each case of ours that is like it."""
    per_clip = statistics.median(seconds) / args.batch
    peak = peak_gigabytes()
    row = "{:<28} {:>9} {:>19} {:>9} {:>12} {:>7} {:>7}".format
    print(row("", "s/update", "least to most", "s/clip", "peak memory", "speed", "memory"))
    print(
        row(
            f"official {peer.family}, fp32",
            f"{statistics.median(seconds):.3g}",
            f"{min(seconds):.3g} to {max(seconds):.3g}",
            f"{per_clip:.3g}",
            gigabytes(peak),
            "1",
            "1",
        )
    )
    for case in cases:
        update = case["seconds-per-update"]
        own = case["peak-bytes"] / 1e9 if case.get("peak-bytes") else None
        print(
            row(
                f"tubelet, {case['precision']}",
                f"{update['median']:.3g}",
                f"{update['least']:.3g} to {update['most']:.3g}",
                f"{case['seconds-per-clip']:.3g}",
                gigabytes(own),
                f"{per_clip / case['seconds-per-clip']:.2f}",
                "" if peak is None or own is None else f"{own / peak:.2f}",
            )
        )


def gigabytes(number):
    return "unknown" if number is None else f"{number:.2f} GB"


def like(peer, args):
    """Our cases of the same shape; none where no file was given."""
    if not args.ours:
        return []
    wanted = {
        "family": peer.family,
        "model": args.model,
        "encoder": "dense" if args.dense else "sparse",
        "batch": args.batch,
        "decoder-depth": args.decoder_depth,
        "mask-ratio": args.mask_ratio,
        "frames": args.frames,
        "size": args.size,
    }
    cases = read("--ours", args.ours, "tubelet-step-1", "tubelet bench step").get("cases", [])
    cases = [c for c in cases if all(c.get(key) == value for key, value in wanted.items())]
    if not cases:
        raise Refusal(f"--ours {args.ours} has no case with " + json.dumps(wanted))
    return cases


def main():
    args = arguments()
    try:
        check(args)
        kind = VideoMae if args.videomae else MaeSt
        cases = like(kind, args)
        try:
            import torch
        except ImportError as missing:
            raise Refusal("PyTorch is not installed in this Python") from missing
        if args.threads:
            torch.set_num_threads(args.threads)
        print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads")
        peer = kind(torch, args)
        report(peer, measure(torch, peer, args), cases, args)
    except Refusal as refusal:
        print(f"step.py: {refusal}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
