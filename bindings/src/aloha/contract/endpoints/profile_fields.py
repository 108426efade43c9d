"""The profile fields that an organization adds, and the user's own values of them."""

from typing import Annotated, Any

from aloha.contract.endpoint import UNSET, Empty, Endpoint, Field, Param, Request, Result, UnsetType
from aloha.contract.objects import CustomProfileField

FieldId = Annotated[int, Param("The field's id.", example=4)]
Name = Annotated[str | UnsetType, Param("Its label, of at most 40 characters.", example="Favourite editor")]
Hint = Annotated[str | UnsetType, Param("A line of help, of at most 80 characters.", example="vim or emacs?")]
FieldData = Annotated[
    dict[str, Any] | UnsetType,
    Param(
        "What the type needs more. A choice: its options, each by a key of your own, with `text` and `order`. An "
        "external account: `subtype`, and for the subtype `custom` a `url_pattern` with `%(username)s` in it.",
        json=True,
        example={"vim": {"text": "Vim", "order": "1"}, "emacs": {"text": "Emacs", "order": "2"}},
    ),
]
InSummary = Annotated[
    bool | UnsetType,
    Param("Whether the short form of a profile shows it; of two fields at most.", json=True, example=True),
]
Required = Annotated[bool | UnsetType, Param("Whether users are asked to fill it in.", json=True, example=False)]
EditableByUser = Annotated[bool | UnsetType, Param("Whether users may change it themselves.", json=True, example=True)]

EXAMPLE_FIELD = {
    "id": 4,
    "type": 1,
    "order": 4,
    "name": "Favourite editor",
    "hint": "vim or emacs?",
    "field_data": "",
    "required": False,
    "editable_by_user": True,
}


class GetCustomProfileFields(Request, frozen=True, kw_only=True):
    pass


class GetCustomProfileFieldsResult(Result, kw_only=True):
    custom_fields: Annotated[list[CustomProfileField] | UnsetType, Field("The fields, in order.")] = UNSET


get_custom_profile_fields = Endpoint(
    name="get_custom_profile_fields",
    method="GET",
    path="/realm/profile_fields",
    area="server_and_organizations",
    summary="Get the custom profile fields",
    doc="Lists the fields that the organization adds to its users' profiles.",
    params=GetCustomProfileFields,
    result=GetCustomProfileFieldsResult,
    example_result={"custom_fields": [EXAMPLE_FIELD]},
)


class ReorderCustomProfileFields(Request, frozen=True, kw_only=True):
    order: Annotated[list[int], Param("The ids of all fields, in their new order.", json=True, example=[4, 3, 5])]


reorder_custom_profile_fields = Endpoint(
    name="reorder_custom_profile_fields",
    method="PATCH",
    path="/realm/profile_fields",
    area="server_and_organizations",
    summary="Reorder the custom profile fields",
    doc="Sets the order of the fields. For administrators.",
    params=ReorderCustomProfileFields,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)


class CreateCustomProfileField(Request, frozen=True, kw_only=True):
    field_type: Annotated[
        int,
        Param(
            "1 short text, 2 long text, 3 choice, 4 date, 5 link, 6 users, 7 external account, 8 pronouns.",
            json=True,
            example=3,
        ),
    ]
    name: Name = UNSET
    hint: Hint = UNSET
    field_data: FieldData = UNSET
    display_in_profile_summary: InSummary = UNSET
    required: Required = UNSET
    editable_by_user: EditableByUser = UNSET


class CreateCustomProfileFieldResult(Result, kw_only=True):
    id: Annotated[int | UnsetType, Field("The new field's id.")] = UNSET


create_custom_profile_field = Endpoint(
    name="create_custom_profile_field",
    method="POST",
    path="/realm/profile_fields",
    area="server_and_organizations",
    summary="Create a custom profile field",
    doc=(
        "Adds a field to the profiles of the organization's users. For administrators. The name and hint of an "
        "external account that the server knows are the server's own."
    ),
    params=CreateCustomProfileField,
    result=CreateCustomProfileFieldResult,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
    example_result={"id": 9},
)


class UpdateCustomProfileField(Request, frozen=True, kw_only=True):
    field_id: FieldId
    name: Name = UNSET
    hint: Hint = UNSET
    field_data: FieldData = UNSET
    display_in_profile_summary: InSummary = UNSET
    required: Required = UNSET
    editable_by_user: EditableByUser = UNSET


update_custom_profile_field = Endpoint(
    name="update_custom_profile_field",
    method="PATCH",
    path="/realm/profile_fields/{field_id}",
    area="server_and_organizations",
    summary="Change a custom profile field",
    doc=(
        "Changes a field; its type stays. What users chose among options that are gone goes with them. For "
        "administrators."
    ),
    params=UpdateCustomProfileField,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)


class RemoveCustomProfileField(Request, frozen=True, kw_only=True):
    field_id: FieldId


remove_custom_profile_field = Endpoint(
    name="remove_custom_profile_field",
    method="DELETE",
    path="/realm/profile_fields/{field_id}",
    area="server_and_organizations",
    summary="Remove a custom profile field",
    doc="Removes a field, with what users entered in it. For administrators.",
    params=RemoveCustomProfileField,
    result=Empty,
    errors=("BAD_REQUEST", "UNAUTHORIZED_PRINCIPAL"),
)


class UpdateProfileData(Request, frozen=True, kw_only=True):
    data: Annotated[
        list[dict[str, Any]],
        Param(
            "Objects with the field's `id` and its `value`, whose type is the field's.",
            json=True,
            example=[{"id": 4, "value": "vim"}],
        ),
    ]


update_profile_data = Endpoint(
    name="update_profile_data",
    method="PATCH",
    path="/users/me/profile_data",
    area="users",
    summary="Fill in your profile",
    doc="Sets the user's own values of custom profile fields, those that users may edit; the others stay.",
    params=UpdateProfileData,
    result=Empty,
    errors=("BAD_REQUEST",),
)


class RemoveProfileData(Request, frozen=True, kw_only=True):
    data: Annotated[list[int], Param("The ids of the fields to clear.", json=True, example=[4])]


remove_profile_data = Endpoint(
    name="remove_profile_data",
    method="DELETE",
    path="/users/me/profile_data",
    area="users",
    summary="Clear fields of your profile",
    doc="Clears the user's own values of custom profile fields.",
    params=RemoveProfileData,
    result=Empty,
    errors=("BAD_REQUEST",),
)
