import numpy as np
import pytest
from helpers import make_folder, random_study_arrays, write_index, write_shard

from metacadi_training.batches import BatchSampler
from metacadi_training.shards import ShardError, ShardFolder


def test_a_batch_holds_what_was_written_as_float32(tmp_path):
    rng = np.random.default_rng(3)
    arrays = random_study_arrays(rng, 6, 4, 3)
    write_index(tmp_path, [write_shard(tmp_path, "shard-00000-d4-k3.bin", arrays)])
    batch = ShardFolder(tmp_path).shards[0].batch(np.array([1, 4]))
    for name in ("pair", "env", "glob", "edge", "ancestor", "target"):
        value = getattr(batch, name)
        assert value.dtype == np.float32
        np.testing.assert_array_equal(value, arrays[name][[1, 4]].astype(np.float32))


def test_a_changed_file_is_refused_by_its_checksum(tmp_path):
    make_folder(tmp_path)
    shard = ShardFolder(tmp_path).shards[0]
    content = bytearray(shard.path.read_bytes())
    content[100] ^= 1
    shard.path.write_bytes(content)
    with pytest.raises(ShardError, match="checksum"):
        shard.array("pair")


@pytest.mark.parametrize("change", [{"featureVersion": 2}, {"version": 2}, {"format": "other"}])
def test_another_format_or_feature_version_is_refused(tmp_path, change):
    write_index(tmp_path, [], **change)
    with pytest.raises(ShardError):
        ShardFolder(tmp_path)


def test_shards_that_appear_later_are_picked_up_and_used(tmp_path):
    rng = np.random.default_rng(0)
    first = write_shard(tmp_path, "a.bin", random_study_arrays(rng, 8, 3, 2))
    write_index(tmp_path, [first])
    folder = ShardFolder(tmp_path)
    sampler = BatchSampler(folder, seed=0, elements=60)
    sampler.next()
    assert not folder.refresh()
    write_index(tmp_path, [first, write_shard(tmp_path, "b.bin", random_study_arrays(rng, 8, 4, 2))])
    assert folder.refresh()
    assert {sampler.next()[0].name for _ in range(6)} == {"a.bin", "b.bin"}


def test_every_study_is_seen_once_before_any_is_seen_twice(tmp_path):
    make_folder(tmp_path, shapes=((3, 2), (3, 2), (4, 3)), studies=12)
    sampler = BatchSampler(ShardFolder(tmp_path), seed=5, elements=60)
    seen: dict[str, list[int]] = {}
    for _ in range(6 * 2 // 2 + 1):
        shard, rows, _ = sampler.next()
        seen.setdefault(shard.name, []).extend(rows.tolist())
    for rows in seen.values():
        assert len(set(rows)) == len(rows) or len(rows) > 12


def test_a_restored_sampler_continues_with_the_same_batches(tmp_path):
    make_folder(tmp_path)
    straight = BatchSampler(ShardFolder(tmp_path), seed=2, elements=60)
    for _ in range(5):
        straight.next()
    restored = BatchSampler(ShardFolder(tmp_path), seed=2, elements=60)
    restored.restore(straight.state())
    for _ in range(9):
        expected, actual = straight.next(), restored.next()
        assert expected[0].name == actual[0].name
        np.testing.assert_array_equal(expected[1], actual[1])
