#!/bin/sh
# What of deploy/ can be tried on this machine beyond the unit tests; what cannot is said. Takes some minutes and, for the
# image and the .deb, root. After ./mvnw -Pdist.
set -u
cd "$(dirname "$0")/.."
PATH=${MIGRATOR_LAB_CACHE:-$HOME/.cache/migrator-lab}/tools:$PATH
failed=0
passed=0
skipped=0
step() {
  name=$1
  shift
  told=$("$@" 2>&1)
  code=$?
  case "$code $told" in
    "0 skipped"*) skipped=$((skipped + 1)); echo "$name: $told" ;;
    0*) passed=$((passed + 1)); echo "$name: passed" ;;
    *) failed=$((failed + 1)); echo "$name: FAILED"; echo "$told" | tail -n 40 ;;
  esac
}
has() { command -v "$1" >/dev/null 2>&1; }

schemas() {
  has kubernetes-validate || { echo "skipped: no kubernetes-validate here (pip install kubernetes-validate)"; return 0; }
  kubernetes-validate --strict deploy/kubernetes/migrator.yaml
}
security() {
  has systemd-analyze || { echo "skipped: no systemd-analyze here"; return 0; }
  # 10 is nothing at all; the lower the less the unit may do.
  folder=$(mktemp -d)
  sed 's|/usr/bin/migrator|/bin/true|' 'deploy/systemd/migrator@.service' >"$folder/migrator@nightly.service"
  systemd-analyze security --offline=true --threshold=20 "$folder/migrator@nightly.service"
  code=$?
  rm -rf "$folder"
  return $code
}
dag() {
  python3 -c 'import airflow.sdk' 2>/dev/null || { echo "skipped: no Airflow here (pip install apache-airflow)"; return 0; }
  python3 - <<'PYTHON'
import importlib.util
spec = importlib.util.spec_from_file_location("dag", "deploy/airflow/migrator_nightly.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
assert [task.task_id for task in module.dag.topological_sort()] == ["backup", "proof", "expiry"]
PYTHON
}
# The task as Airflow itself begins it, with a double of migrator that tells its words.
task() {
  has airflow || { echo "skipped: no Airflow here (pip install apache-airflow)"; return 0; }
  folder=$(mktemp -d)
  mkdir "$folder/dags" "$folder/bin"
  sed "s|^FOLDER = .*|FOLDER = \"$folder\"|" deploy/airflow/migrator_nightly.py >"$folder/dags/migrator_nightly.py"
  printf '#!/bin/sh\necho "$*|$MIGRATOR_RUN_LABEL" >"%s/told"\n' "$folder" >"$folder/bin/migrator"
  chmod +x "$folder/bin/migrator"
  (
    export AIRFLOW_HOME="$folder" AIRFLOW__CORE__LOAD_EXAMPLES=False AIRFLOW__CORE__DAGS_FOLDER="$folder/dags"
    PATH=$folder/bin:$PATH
    airflow db migrate && airflow tasks test migrator_nightly backup 2026-11-30
  ) >"$folder/log" 2>&1
  grep '^--job=nightly name=nightly_[0-9]* --quiet --output=json|migrator_nightly .* 0$' "$folder/told" || tail -n 40 "$folder/log"
  grep -q '^--job=nightly' "$folder/told"
  code=$?
  rm -rf "$folder"
  return $code
}
debian() {
  has lintian || { echo "skipped: no lintian here"; return 0; }
  lintian --fail-on error --suppress-tags no-changelog target/dist/*.deb
}
sums() { (cd target/dist && sha256sum -c SHA256SUMS); }

step "checksums" sums
step "schemas of Kubernetes" schemas
step "systemd-analyze security" security
step "Airflow imports the DAG" dag
step "Airflow begins a task of it" task
step "lintian" debian
step "archives and .rpm" deploy/dist/try-archives.sh
step ".deb in a fresh root" deploy/dist/try-deb.sh
step "image" deploy/image/try.sh
step "image by crun" deploy/image/try-crun.sh
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
