"""What a worker tells the queue of its jobs: nothing, once another worker has the batch.

Imported only where the extra `queue` is installed."""

from __future__ import annotations

import logging
from typing import Any

from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

_log = logging.getLogger(__name__)
_OVER = "Job was not found"
"""What the queue says of a job that somebody else has ended."""


class FencedJobs(JobManager):
    """Procrastinate ends a job by its number, whoever has it: a worker that was frozen would end the batch that another
    has under way, and the night would not wait for it."""

    def __init__(self, connector: Any) -> None:
        super().__init__(connector)
        self._lost: set[int | None] = set()

    def let_go(self, job: Job) -> None:
        """Say nothing more of a job."""
        self._lost.add(job.id)

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        """Set a job to its end, unless it is another's or over."""
        if job.id in self._lost:
            self._lost.discard(job.id)
            return
        try:
            await super().finish_job(job, status, delete_job)
        except ConnectorException as error:
            if _OVER not in str(error.__cause__):
                raise
            _log.warning("batch %s was ended by another worker", job.task_kwargs.get("batch"))
