#!/usr/bin/env bash
# Starts Slurm on this machine alone, to try array jobs where there is no cluster (Debian: slurm-wlm and munge; as root).
#
#     convergence/cluster/single-node-slurm.sh DIRECTORY
#
# Configuration, state and logs go to the directory; `export SLURM_CONF=DIRECTORY/slurm.conf` lets sbatch find it, and
# `kill $(cat DIRECTORY/*.pid)` ends it.
set -euo pipefail
directory=$(realpath -m "$1")
mkdir -p "$directory/state" "$directory/spool"
host=$(hostname -s)

mkdir -p /run/munge
chown munge: /run/munge
pgrep -x munged > /dev/null || runuser -u munge -- /usr/sbin/munged

cat > "$directory/slurm.conf" <<CONF
ClusterName=single
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
SlurmctldPidFile=$directory/slurmctld.pid
SlurmdPidFile=$directory/slurmd.pid
StateSaveLocation=$directory/state
SlurmdSpoolDir=$directory/spool
SlurmctldLogFile=$directory/slurmctld.log
SlurmdLogFile=$directory/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$directory/slurm.conf
slurmctld -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF"
for _ in $(seq 30); do
    if sinfo -h -o %t 2> /dev/null | grep -qx idle; then exit; fi
    sleep 1
done
echo "$directory: Slurm has not come up; see slurmctld.log and slurmd.log there" >&2
exit 1
