"""Backs up every night, by the migrator that is installed on the worker. For Airflow 3.

What a code of exit means, and which of them are worth another try, is in docs/schedulers.md: the tries after one that
nothing but a person can help end as the first did, within seconds. Stopping the task sends SIGTERM: the run stops at its
next checkpoint, and the next try goes on from there.
"""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

# Where config/ and jobs/ lie.
FOLDER = "/etc/migrator"

# The state folder has to outlive the run, and has to be the same for each try: a volume that all workers share, or a
# PostgreSQL in its place (docs/scale-out.md). Secrets: docs/configuration.md, "Secrets in files".
ENVIRONMENT = {
    "MIGRATOR_STATE_DIR": "/var/lib/migrator",
    "MIGRATOR_RUN_LABEL": "{{ dag.dag_id }} {{ run_id }} {{ ti.try_number }}",
}

# Each try of a day works on that day's backup. Runs that somebody starts by hand have no logical date.
NAME = "nightly_{{ (dag_run.logical_date or dag_run.run_after) | ds_nodash }}"


def migrator(task_id: str, arguments: str) -> BashOperator:
    """A run of migrator with these arguments."""
    return BashOperator(
        task_id=task_id,
        bash_command=f"exec migrator {arguments} --quiet --output=json",
        cwd=FOLDER,
        env=ENVIRONMENT,
        append_env=True,
        # Another run is at the same work.
        skip_on_exit_code=11,
    )


with DAG(
    dag_id="migrator_nightly",
    schedule="15 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 5,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(hours=1),
    },
    tags=["backup", "milvus"],
    doc_md=__doc__,
) as dag:
    backup = migrator("backup", f"--job=nightly name={NAME}")
    proof = migrator("proof", f"--job=verify name={NAME}")
    expiry = migrator("expiry", "--job=expire")

    backup >> proof >> expiry
