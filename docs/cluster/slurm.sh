#!/bin/bash
# Pre-training on two machines of eight GPUs under Slurm: sbatch docs/cluster/slurm.sh
# To be submitted from the checkout, built before (./tubelet doctor), on a file system that all
# machines see. Change the lines between the rules.
#SBATCH --job-name=tubelet
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=64
#SBATCH --gpus-per-node=8
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=tubelet-%j.log
# Three minutes before the time is over: all ranks save once and end.
#SBATCH --signal=TERM@180
set -eu

# ---------------------------------------------------------------------------------------------
nproc=8                        # processes of each machine: one for each GPU
run=$PWD/runs/kinetics         # on the shared file system
arguments=(--recipe mae-st-k400-vit-l --data train.csv)
# ---------------------------------------------------------------------------------------------

# One launcher a machine; each starts its ranks. The first machine's is where they meet. Jobs that
# share a machine need ports of their own.
first=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
rendezvous=$first:$((20000 + SLURM_JOB_ID % 10000))

# A job that Slurm starts again, or that is submitted again, goes on with the run.
[ ! -e "$run/config.yaml" ] || arguments+=(--resume)

# SLURM_NODEID differs from task to task, so that each shell must read it.
# shellcheck disable=SC2016
exec srun --cpu-bind=none sh -c '
  nproc=$1 rendezvous=$2
  shift 2
  exec ./tubelet launch --nproc "$nproc" --nnodes "$SLURM_NNODES" --node-rank "$SLURM_NODEID" \
    --rendezvous "$rendezvous" --max-restarts 3 --grace 150s "$@"
' tubelet "$nproc" "$rendezvous" pretrain "${arguments[@]}" --out "$run"
