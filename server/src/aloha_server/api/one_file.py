"""The one file of a request that takes one."""

from aloha.contract.errors import ApiError, MissingParameterError

from .context import Context, Services, UploadedFile

MIB = 1024 * 1024


def one_file(ctx: Context[Services]) -> UploadedFile:
    """Whatever its form field is called; raises ApiError."""
    if not ctx.files:
        raise MissingParameterError("filename")
    if len(ctx.files) > 1:
        raise ApiError("You must upload exactly one file.")
    [file] = ctx.files.values()
    return file


def check_file_size(file: UploadedFile, size_max_mib: int) -> None:
    if len(file.data) > size_max_mib * MIB:
        msg = f"Uploaded file is larger than the allowed limit of {size_max_mib} MiB"
        raise ApiError(msg, code="REQUEST_TOO_LARGE")
